using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Worker.Radio.Tests;

/// <summary>The radio worker as a program: a wrong option is said in words, with 2 and without a stack; a secret is never said.</summary>
[Integration, Slow]
public sealed class RefusalTests
{
    private const string Secret = "hush-canary";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    public static TheoryData<string, string, string[]> Wrong => new()
    {
        { "Weir__Radio__ConnectionString", "", ["Weir:Radio:ConnectionString is empty; give that of the Postgres database"] },
        { "Weir__Radio__ConnectionString", $"Host=db;Password=\"{Secret}", ["Weir:Radio:ConnectionString is none for Postgres"] },
        { "Weir__Radio__ConnectionString", $"Host=db;Pasword={Secret}", ["Weir:Radio:ConnectionString is none for Postgres", "pasword"] },
        { "Weir__Radio__ConnectionString", $"Host=db;Port=many;Password={Secret}", ["Weir:Radio:ConnectionString is none for Postgres"] },
        { "Weir__Radio__ConnectionString", $"Host=db;Port=99999;Password={Secret}", ["Weir:Radio:ConnectionString is none for Postgres: its Port is 99999; give 1 to 65535"] },
        { "Weir__Radio__ConnectionString", $"Database=radio;Password={Secret}", ["Weir:Radio:ConnectionString is none for Postgres: it names no server; give Host=…"] },
        { "Weir__Radio__Sink", "Mongo", ["Weir:Radio:Sink is 'Mongo'; it takes Postgres or Sqlite"] },
        { "Weir__Radio__Sink", "7", ["Weir:Radio:Sink is '7'; give Postgres or Sqlite"] },
        { "Weir__Radio__StallAfter", "ten", ["Weir:Radio:StallAfter is 'ten'; it takes a duration such as 00:00:05"] },
        { "Weir__Radio__StallAfter", "00:00:00", ["Weir:Radio:StallAfter is '00:00:00'; give 00:00:00.1000000 to 00:05:00"] },
        { "Weir__Radio__BytesPerUnit", "99999999999", ["Weir:Radio:BytesPerUnit is '99999999999'; it takes a whole number"] },
        { "Weir__Radio__AllowPrivateAddresses", "perhaps", ["Weir:Radio:AllowPrivateAddresses is 'perhaps'; it takes true or false"] },
        { "Weir__Radio__StalAfter", "00:00:10", ["Weir:Radio:StalAfter is no option", "StallAfter"] },
        { "Weir__Worker__Capacity", "-1", ["Weir:Worker:Capacity is '-1'; give a number above 0"] },
        { "Weir__Worker__Capacity", "many", ["Weir:Worker:Capacity is 'many'; it takes a number"] },
        { "Weir__Worker__Capasity", "5", ["Weir:Worker:Capasity is no option", "Capacity"] },
        { "Weir__Bus__Address", $"http://user:{Secret}@host/", ["The broker's address is none; give amqp://user:password@host:5672/vhost"] },
        { "Weir__Bus__Address", $"amqp://user:{Secret}#1@host/", ["The broker's address is none; give amqp://user:password@host:5672/vhost"] },
        { "Weir__Bus__Address", "", ["The broker's address is none"] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Process_WithAWrongOption_EndsWith2AndWords(string variable, string value, string[] words)
    {
        var environment = Right();
        environment[variable] = value;
        await using var radio = await StartAsync(environment);

        var code = await radio.EndsAsync(Bound, Cancel);

        var output = radio.Tail();
        Assert.True(code == WorkerExitCode.Refused, $"{code}: {output}");
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WithSeveralWrongOptions_SaysEachOnce()
    {
        var environment = Right();
        environment["Weir__Worker__Capacity"] = "0";
        environment["Weir__Radio__Sink"] = "Mongo";
        environment["Weir__Radio__StallAfter"] = "ten";
        environment["Weir__Radio__ConnectFor"] = "1.00:00:00";
        environment["Weir__Bus__Address"] = "nonsense";
        environment["Logging__LogLevel__Default"] = "None";
        await using var radio = await StartAsync(environment);

        Assert.Equal(WorkerExitCode.Refused, await radio.EndsAsync(Bound, Cancel));

        var lines = radio.Tail().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 5, radio.Tail());
        Assert.All(lines, line => Assert.StartsWith("Refused to start: ", line, StringComparison.Ordinal));
    }

    /// <summary>A password that the broker does not take may be mended there: the worker says so and asks again.</summary>
    [Fact]
    public async Task Process_WithAPasswordThatTheBrokerDoesNotTake_SaysSoAndWaits()
    {
        var servers = await TestServers.GetAsync(Cancel);
        await using var scope = await servers.ScopeAsync("radio-refused", Cancel);
        var environment = Right();
        environment["Weir__Bus__Address"] = $"amqp://{scope.Broker.Credential.UserName}:{Secret}@{scope.Broker.Amqp.Host}:{scope.Broker.Amqp.Port}/{scope.Broker.VirtualHost}";
        await using var radio = await StartAsync(environment);

        await Eventually.TrueAsync("it to say so", _ => Task.FromResult(radio.HasExited || (File.Exists(radio.LogFile) && File.ReadAllText(radio.LogFile).Contains("ACCESS_REFUSED", StringComparison.Ordinal))), Bound, Cancel);
        Assert.False(radio.HasExited, radio.Tail());
        radio.Terminate();

        Assert.Equal(0, await radio.EndsAsync(Bound, Cancel));
        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(radio.LogFile, Cancel), StringComparison.Ordinal);
    }

    private static Task<ChildProgram> StartAsync(Dictionary<string, string?> environment) =>
        ChildProgram.StartAsync("radio", Path.Combine(AppContext.BaseDirectory, "Weir.Worker.Radio"), [], environment, Cancel);

    private static Dictionary<string, string?> Right() => new(StringComparer.Ordinal)
    {
        ["Weir__Worker__WorkerId"] = "refused",
        ["Weir__Worker__Capacity"] = "10",
        ["Weir__Worker__DrainFor"] = "00:00:01",
        ["Weir__Worker__DataDirectory"] = Path.GetTempPath(),
        ["Weir__Radio__ConnectionString"] = "Host=127.0.0.1;Database=radio",
        ["Weir__Bus__Address"] = "amqp://127.0.0.1:1/",
    };
}
