using System.Numerics;

namespace Weir.Worker.Agent;

/// <summary>
/// How soon a worker asks to be let in again. At first without a pause, for who waits while the others are back counts as silent; then, for
/// as long as no life is renewed, later each time: every attempt ends the life before it and costs the services a plan's worth of work, so a fleet that asked at a steady
/// pace would keep services that are slow from ever getting faster.
/// </summary>
internal sealed class RegistrationPace(Func<double> chance)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int _inVain;

    /// <summary>
    /// Whether the worker's own queues may be why it asks in vain: a consumer can hang without a word (ADR 25). After 2 attempts, then
    /// after 4, 8, 16 ..., for mostly it is the services that are away.
    /// </summary>
    internal bool DoubtsQueues => _inVain >= 2 && BitOperations.IsPow2(_inVain);

    /// <summary>A life was renewed: the services keep up.</summary>
    internal void Renewed() => _inVain = 0;

    /// <summary>How long to wait before the next attempt: 0 eight times, then half to all of 1 s, 2 s, 4 s ... 30 s.</summary>
    internal TimeSpan Next()
    {
        var late = _inVain++ - AtOnce;
        if (late < 0)
            return TimeSpan.Zero;
        var most = late < 5 ? First * (1 << late) : Longest;
        return most * (0.5 + (0.5 * chance()));
    }
}
