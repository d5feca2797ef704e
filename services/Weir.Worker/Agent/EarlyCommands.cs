using Weir.Core.Identity;

namespace Weir.Worker.Agent;

/// <summary>
/// Commands for a life whose registration is still on its way here: two services answer, and the later one may be quicker. Keeping them
/// for that moment is no more than a slower network; without it they would be dropped and asked again seconds later.
/// </summary>
internal sealed class EarlyCommands
{
    private const int KeptMax = 256;

    private readonly Queue<(Incarnation Incarnation, Action Command)> _kept = new();

    internal void Keep(Incarnation incarnation, Action command)
    {
        if (_kept.Count == KeptMax)
            _kept.Dequeue();
        _kept.Enqueue((incarnation, command));
    }

    /// <summary>Gives those for this life, in their order, and forgets all.</summary>
    internal IReadOnlyList<Action> TakeFor(Incarnation incarnation)
    {
        var taken = _kept.Where(kept => kept.Incarnation == incarnation).Select(kept => kept.Command).ToList();
        _kept.Clear();
        return taken;
    }
}
