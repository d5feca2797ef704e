using System.CommandLine;
using Weir.Benchmarks.Outbox;
using Weir.Benchmarks.Planning;

namespace Weir.Benchmarks;

/// <summary>What can be measured; each verb is a run of its own.</summary>
internal static class Verbs
{
    internal static Command Planner()
    {
        var isShort = new Option<bool>("--short") { Description = "Leave the million streams out" };
        var verb = new Command("planner", "Times, moves, levels and memory of plans beside six others") { isShort };
        verb.SetAction(parsed => Table.Run(parsed.GetValue(isShort)));
        return verb;
    }

    internal static Command Outbox()
    {
        var isShort = new Option<bool>("--short") { Description = "3 rounds and less of everything, some 3 minutes instead of 15; the first line says so" };
        var questions = new Argument<string[]>("question") { Description = "What to ask; all when left out", Arity = ArgumentArity.ZeroOrMore };
        questions.AcceptOnlyFromAmong([.. Questions.All.Select(question => question.Name)]);
        var verb = new Command("outbox", "Messages a second and latencies beside the same work without an outbox and the raw client, on real servers; exit 3: a bar was missed") { questions, isShort };
        verb.SetAction((parsed, cancel) => Report.RunAsync(parsed.GetValue(isShort) ? Plan.Short : Plan.Full, [.. parsed.GetValue(questions) ?? []], cancel));
        return verb;
    }
}
