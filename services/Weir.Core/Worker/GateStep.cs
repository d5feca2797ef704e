using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Core.Worker;

/// <summary>What one event does to a stream's gate.</summary>
/// <param name="Next">The gate to keep.</param>
/// <param name="Action">What to do to the handler.</param>
/// <param name="Answer">What to say, or nothing.</param>
/// <param name="Epoch">The epoch the answer speaks of.</param>
public readonly record struct GateStep(StreamGate Next, GateAction Action, AnswerKind Answer, Epoch Epoch)
{
    internal static GateStep Keep(in StreamGate gate) => new(gate, GateAction.None, AnswerKind.None, default);

    internal static GateStep Do(in StreamGate gate, GateAction action) => new(gate, action, AnswerKind.None, default);

    internal static GateStep Say(in StreamGate gate, AnswerKind answer, Epoch epoch) => new(gate, GateAction.None, answer, epoch);
}
