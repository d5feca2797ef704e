namespace Weir.Core.Planning;

/// <summary>Keeps a plan within the moves its policy allows: the first ones stay, the others are reported and come with the next plan.</summary>
internal static class Budget
{
    internal static void Cut(Draft draft, Policy policy)
    {
        if (policy.MovesMax is not { } most || draft.Moves.Length <= most)
            return;

        foreach (var move in draft.Moves.AsSpan(most))
            draft.Delays.Add(new Delay(move.Stream, move.From, DelayReason.Budget));
        draft.Moves = draft.Moves[..most];
    }
}
