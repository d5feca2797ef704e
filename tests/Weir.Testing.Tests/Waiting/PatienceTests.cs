using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Waiting;

[Unit]
public sealed class PatienceTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("3", 3)]
    [InlineData("0.5", 0.5)]
    public void Read_FactorWithinTheRange_IsTaken(string? text, double wanted) => Assert.Equal(wanted, Patience.Read(text));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("101")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("slow")]
    public void Read_AnythingElse_IsRefusedWithItsName(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => Patience.Read(text));

        Assert.Contains($"WEIR_TEST_TIMEOUT_SCALE is '{text}'", refusal.Message, StringComparison.Ordinal);
    }
}
