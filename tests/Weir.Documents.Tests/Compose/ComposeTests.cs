using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.Documents.Tests.Compose;

/// <summary>The containers keep the house's rules, and each rule catches what it is for.</summary>
[Unit]
public sealed class ComposeTests
{
    private static readonly ComposeFile File = ComposeFile.Parse(Text("compose.yaml"));

    [Fact]
    public void File_HoldsTheWholeFleet() => Assert.Superset(
        new HashSet<string>(StringComparer.Ordinal) { "rabbitmq", "postgres", "migrate", "registry", "orchestrator-1", "orchestrator-2", "monitor", "diagnostics", "worker-1", "worker-2", "worker-3" },
        File.Services.ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void EveryService_SaysHowItIs() => Assert.Empty(File.Health());

    [Fact]
    public void EveryPort_IsOnLoopback() => Assert.Empty(File.Ports());

    [Fact]
    public void NoPassword_StandsInTheFile() => Assert.Empty(File.Passwords());

    [Fact]
    public void EveryService_HasItsMemory() => Assert.Empty(File.Memory());

    [Fact]
    public void NoService_HasMoreRightsThanItNeeds() => Assert.Empty(File.Privileges());

    [Fact]
    public void EveryWait_HasACondition() => Assert.Empty(File.Waits());

    [Fact]
    public void Example_NamesEveryVariableOfTheFile_AndHasNoPassword()
    {
        var lines = Text(".env.example").Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal);

        Assert.Equal(Variables(Text("compose.yaml")), lines.Keys.Order(StringComparer.Ordinal));
        Assert.All(lines.Where(line => line.Key.EndsWith("_PASSWORD", StringComparison.Ordinal)), line => Assert.Empty(line.Value));
    }

    [Fact]
    public void Image_RunsAsNobodyInParticular()
    {
        var last = Text("Dockerfile").Split('\n').Last(line => line.StartsWith("USER ", StringComparison.Ordinal));

        Assert.Matches("^USER [1-9][0-9]+:[1-9][0-9]+$", last);
    }

    [Theory]
    [InlineData("image: x", "has no health check")]
    [InlineData("restart: 'no'", "has no health check")]
    public void Planted_ServiceWithoutHealth_IsAFault(string service, string fault) => Assert.Contains(fault, Assert.Single(Of(service).Health()), StringComparison.Ordinal);

    [Theory]
    [InlineData("'8080:8080'")]
    [InlineData("0.0.0.0:8080:8080")]
    public void Planted_OpenPort_IsAFault(string port) => Assert.Single(Of($"ports: [{port}]").Ports());

    [Theory]
    [InlineData("environment: {RABBITMQ_DEFAULT_PASS: guest}", 1)]
    [InlineData("environment: {X: 'Host=a;Password=secret'}", 1)]
    [InlineData("environment: {X: 'amqp://weir:secret@rabbitmq/'}", 1)]
    [InlineData("environment: {POSTGRES_PASSWORD: '${P}'}", 1)]
    [InlineData("environment: {POSTGRES_PASSWORD: '${P:?give it}'}", 0)]
    public void Planted_Password_IsAFault(string service, int faults) => Assert.Equal(faults, Of(service).Passwords().Count());

    [Fact]
    public void Planted_ServiceWithoutLimits_IsAFault()
    {
        Assert.Single(Of("image: x").Memory());
        Assert.Equal(3, Of("image: x").Privileges().Count());
        Assert.Single(Of("depends_on: [other]").Waits());
    }

    private static ComposeFile Of(string service) => ComposeFile.Parse($"services:\n  one:\n    {service}\n");

    private static string Text(string name) => System.IO.File.ReadAllText(Path.Combine(RepositoryRoot.Path, "compose", name));

    private static IEnumerable<string> Variables(string text) =>
        System.Text.RegularExpressions.Regex.Matches(text, @"\$\{(?<name>[A-Z_]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
