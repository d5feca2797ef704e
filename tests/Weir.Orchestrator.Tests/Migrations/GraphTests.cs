using System.Text;
using MassTransit.SagaStateMachine;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.Orchestrator.Tests.Migrations;

/// <summary>The state machine is the one whose picture is committed. <c>WEIR_UPDATE_GRAPH=1</c> draws it anew; read the difference in review.</summary>
[Unit]
public sealed class GraphTests
{
    private static readonly string File = Path.Combine(RepositoryRoot.Path, "services/Weir.Orchestrator/Migrations/migration.dot");

    [Fact]
    public void TheGraph_IsTheCommittedOne()
    {
        var drawn = Draw();
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE_GRAPH") == "1") System.IO.File.WriteAllText(File, drawn);

        Assert.Equal(System.IO.File.ReadAllText(File), drawn);
    }

    [Fact]
    public void TheGraph_LeadsToEveryStateAndOutOfTheTwoThatAreOpen()
    {
        var drawn = Draw();

        Assert.All(Enum.GetNames<MigrationState>().Where(name => name != nameof(MigrationState.Releasing)), state => Assert.Contains($"-> {state};", drawn, StringComparison.Ordinal));
        Assert.All(["Completed", "RolledBack", "Failed"], end => Assert.DoesNotContain($"  {end} ->", drawn, StringComparison.Ordinal));
    }

    // As MassTransit has it: from states to the events that they take, and from those to the states that may follow.
    private static string Draw()
    {
        var text = new StringBuilder("digraph migration {\n");
        var edges = new MigrationStateMachine().GetGraph().Edges.Select(edge => $"  {Name(edge.From.Title)} -> {Name(edge.To.Title)};");
        foreach (var line in edges.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) text.Append(line).Append('\n');
        return text.Append("}\n").ToString();
    }

    private static string Name(string title) => title.Split('<')[0];
}
