using System.Text.Json;
using Weir.Testing.Traits;

namespace Weir.Figures.Tests;

/// <summary>A figure beside its bar, as a line and as JSON.</summary>
[Unit]
public sealed class FigureTests
{
    [Theory]
    [InlineData(5.0, 5.0, false, true)]
    [InlineData(5.01, 5.0, false, false)]
    [InlineData(5.0, 5.0, true, true)]
    [InlineData(4.99, 5.0, true, false)]
    [InlineData(4.0, null, false, null)]
    [InlineData(double.PositiveInfinity, 5.0, false, false)]
    public void Goal_IsMet_AtTheBarAndOnItsRightSide(double value, double? goal, bool isLeast, bool? isMet) =>
        Assert.Equal(isMet, new Figure("row", "name", value, goal, isLeast).IsMet);

    [Fact]
    public void Line_SaysWhetherTheBarIsMetAndWhatIsWanted()
    {
        Assert.Equal(
            "  met    kill-fenced          gap, p99, s                                                      2.35   (wanted <= 3)",
            FigureText.Of(new Figure("kill-fenced", "gap, p99, s", 2.349, 3)));
        Assert.Contains("  MISSED beats ", FigureText.Of(new Figure("beats", "a second", 4325, 5000, IsLeast: true)), StringComparison.Ordinal);
        Assert.EndsWith("4325   (wanted >= 5000)", FigureText.Of(new Figure("beats", "a second", 4325, 5000, IsLeast: true)), StringComparison.Ordinal);
        var told = FigureText.Of(new Figure("memory", "workers", 100));
        Assert.StartsWith("  told   memory ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("wanted", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.5, "2.5")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    public void Json_IsOneObjectALine_WhateverTheFigureCameTo(double value, string told)
    {
        var json = FigureText.Json(new Figure("kill-fenced", "gap, p99, s", value, 3));

        Assert.DoesNotContain('\n', json);
        var root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(["Row", "Name", "Value", "Goal", "IsLeast", "IsMet"], root.EnumerateObject().Select(field => field.Name));
        Assert.Equal(told, root.GetProperty("Value").GetRawText());
        Assert.Equal(value < 3, root.GetProperty("IsMet").GetBoolean());
    }
}
