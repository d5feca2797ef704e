using Weir.Figures.Rows;
using Weir.Testing.Traits;

namespace Weir.Figures.Tests;

[Unit]
public sealed class FigureArgumentsTests
{
    private static readonly string[] Known = ["drain", "join"];

    [Fact]
    public void Nothing_AsksForAllRowsInFull()
    {
        var (arguments, fault) = FigureArguments.Parse([], Known);

        Assert.Equal((false, false, 0, ""), (arguments!.IsShort, arguments.IsJson, arguments.Rows.Count, fault));
    }

    [Fact]
    public void Everything_InAnyOrder_IsTaken()
    {
        var (arguments, _) = FigureArguments.Parse(["--row", "join", "--json", "--row", "drain", "--short"], Known);

        Assert.Equal((true, true), (arguments!.IsShort, arguments.IsJson));
        Assert.Equal(["join", "drain"], arguments.Rows);
    }

    [Theory]
    [InlineData("there is no row 'jion'", "--row", "jion")]
    [InlineData("there is no row '--json'", "--row", "--json")]
    [InlineData("--row needs a name", "--short", "--row")]
    [InlineData("'--Short' is no argument", "--Short")]
    [InlineData("'drain' is no argument", "drain")]
    public void WhatCannotBeUsed_IsSaidInWords(string fault, params string[] args)
    {
        var (arguments, said) = FigureArguments.Parse(args, Known);

        Assert.Null(arguments);
        Assert.Equal(fault, said);
    }

    [Fact]
    public async Task Run_WithAWrongName_MeasuresNothingAndExitsWithTwo() =>
        Assert.Equal(2, await FigureRun.RunAsync(["--row", "jion"], TestContext.Current.CancellationToken));

    [Fact]
    public void Rows_HaveNamesOfTheirOwn() => Assert.Equal(FigureRows.All.Count, FigureRows.All.Select(row => row.Name).Distinct(StringComparer.Ordinal).Count());
}
