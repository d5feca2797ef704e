using System.Globalization;
using System.Text;

namespace Weir.Testing.Servers;

/// <summary>Says of each server where it came from: to the reader, and to a file from which the test command counts.</summary>
internal sealed class ServerLog(TextWriter reader, string? file, TimeProvider clock)
{
    public const string RabbitMq = "rabbitmq";
    public const string Postgres = "postgres";

    private static readonly TimeSpan FileBound = TimeSpan.FromSeconds(10);

    public long Begin() => clock.GetTimestamp();

    /// <summary>A server is ready that was begun at <paramref name="begun"/>.</summary>
    public async Task ReadyAsync(ServerKind kind, string server, long begun, CancellationToken cancel)
    {
        var ms = (long)clock.GetElapsedTime(begun).TotalMilliseconds;
        await reader.WriteLineAsync($"[weir-infra] {Word(kind)}: ready in {ms} ms ({server})");
        if (file is not null) await AppendAsync(string.Create(CultureInfo.InvariantCulture, $"{Word(kind)} {server} {ms}\n"), cancel);
    }

    public void PassedOver(ServerKind kind, string why) => reader.WriteLine($"[weir-infra] {Word(kind)}: passed over: {why}");

    public static string Word(ServerKind kind) => kind switch
    {
        ServerKind.Env => "env",
        ServerKind.Docker => "docker",
        ServerKind.Local => "local",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of server"),
    };

    // Test assemblies run side by side and share the file: whoever has it open keeps the others out for a moment.
    private Task AppendAsync(string line, CancellationToken cancel) => Waiting.Eventually.TrueAsync(
        $"{file} to be free for a line",
        async token =>
        {
            try
            {
                await using var stream = new FileStream(file!, FileMode.Append, FileAccess.Write, FileShare.None);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line), token);
                return true;
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                return false;
            }
        },
        FileBound, cancel, clock);
}
