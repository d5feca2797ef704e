using System.Diagnostics;
using Weir.Core.Assignments;
using Weir.Simulation.Tests.Mutants;
using Weir.Simulation.Tests.Search;
using Weir.Testing.Traits;

namespace Weir.Simulation.Tests;

[Simulation]
public sealed class SmallScopeTests
{
    private const int Messages = 10;
    private const int StatesWanted = 1_000_000;
    private const int StatesMax = 3_000_000;

    [Theory]
    [Slow]
    [InlineData("Unfenced")]
    [InlineData("Fenced")]
    public void Search_EveryInterleavingOfTwoWorkersAndTwoOrchestrators_HoldsEveryInvariant(string streamClass)
    {
        var watch = Stopwatch.StartNew();

        var search = new SmallScope(Enum.Parse<StreamClass>(streamClass), Messages, StatesMax).Search();

        Console.WriteLine($"[search] {streamClass}: {search.States:N0} states, {search.Transitions:N0} transitions, {(search.IsExhausted ? "exhausted" : "bound reached")}, in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Null(search.Violation);
        Assert.True(search.States >= StatesWanted, $"{search.States:N0} states");
    }

    [Theory]
    [Slow]
    [InlineData("fenced-is-enough-for-unfenced")]
    [InlineData("gate-lets-a-late-start-in")]
    [InlineData("refused-said-while-handler-runs")]
    [InlineData("row-check-left-out")]
    [InlineData("time-out-that-grants")]
    [InlineData("owner-not-judged-when-applying")]
    public void Search_PlantedDefect_IsFound(string mutant)
    {
        Assert.SkipUnless(MutantList.ArePlanted, "built on the shipped assembly, which has no mutants");
        Mutant.Plant(mutant);

        var search = new SmallScope(StreamClass.Unfenced, Messages, StatesMax).Search();

        Mutant.Plant(null);
        Console.WriteLine($"[search] {mutant}: {(search.Violation is null ? "SURVIVED" : "found")} after {search.States:N0} states: {search.Violation}");
        Assert.NotNull(search.Violation);
    }
}
