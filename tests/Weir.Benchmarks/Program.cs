using System.CommandLine;
using Weir.Benchmarks;
using Weir.Benchmarks.Planning;

// A process whose memory is measured does nothing else.
if (args is [Table.CellVerb, .. var cell]) return Table.RunCell(cell);

var root = new RootCommand("Prints our figures beside those of others that do the same work.\n\n  dotnet run -c Release --project tests/Weir.Benchmarks -- planner --short")
{
    Verbs.Planner(),
    Verbs.Outbox(),
};
return await root.Parse(args).InvokeAsync();
