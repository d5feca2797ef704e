namespace Weir.TestRun;

/// <summary>
/// Where the servers of a run came from. Each test program appends a line for each broker or database it starts or is given
/// (<c>local rabbitmq 4210</c>) to the file named by <see cref="Variable"/>.
/// </summary>
internal sealed record ServerTally(int Docker, int Local, int Env)
{
    internal const string Variable = "WEIR_TEST_INFRA_LOG";

    internal static ServerTally Read(string path)
    {
        var kinds = File.Exists(path) ? File.ReadAllLines(path).Select(line => line.Split(' ')[0]).ToList() : [];
        return new(Count("docker"), Count("local"), Count("env"));

        int Count(string kind) => kinds.Count(k => string.Equals(k, kind, StringComparison.Ordinal));
    }

    public override string ToString() => $"infra: docker {Docker}, local {Local}, env {Env}";
}
