using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Unit]
public sealed class ScopeNameTests
{
    [Theory]
    [InlineData("MigrationTests", "t_migrationtests_ab12")]
    [InlineData("Weir.Bus.Tests+Retry ladder", "t_weir_bus_tests_retry_ladder_ab12")]
    [InlineData("drop\"; table--", "t_drop_table_ab12")]
    [InlineData("9lives", "t_9lives_ab12")]
    [InlineData("Grüße", "t_gr_e_ab12")]
    [InlineData("", "t_ab12")]
    public void From_AnyName_IsSafeForBoth(string name, string wanted) => Assert.Equal(wanted, ScopeName.From(name, "ab12"));

    [Fact]
    public void From_LongNames_StayApartWithinPostgresLimit()
    {
        var one = ScopeName.From(new string('x', 200), "0000000001");
        var other = ScopeName.From(new string('x', 200), "0000000002");

        Assert.Equal(63, one.Length);
        Assert.NotEqual(one, other);
    }
}
