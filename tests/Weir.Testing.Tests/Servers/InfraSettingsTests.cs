using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Unit]
public sealed class InfraSettingsTests
{
    [Fact]
    public void Read_EmptyVariables_CountAsNotSet() =>
        Assert.Equal(new InfraSettings(null, null, null, null, null), InfraSettings.Read(_ => ""));

    [Theory]
    [InlineData("env", ServerKind.Env)]
    [InlineData("docker", ServerKind.Docker)]
    [InlineData("LOCAL", ServerKind.Local)]
    public void Read_ForcedKind_IsTaken(string text, ServerKind wanted) =>
        Assert.Equal(wanted, InfraSettings.Read(name => name == "WEIR_TEST_INFRA" ? text : null).Forced);

    [Fact]
    public void Read_NoSuchKind_IsRefusedWithTheChoice()
    {
        var refusal = Assert.Throws<FormatException>(() => InfraSettings.Read(name => name == "WEIR_TEST_INFRA" ? "podman" : null));

        Assert.Equal("WEIR_TEST_INFRA is 'podman'; it may be env, docker or local, or not be set.", refusal.Message);
    }
}
