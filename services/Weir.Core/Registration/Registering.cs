using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Leases;

namespace Weir.Core.Registration;

/// <summary>Decides a registration from the worker's row, read under the transaction that writes it.</summary>
public static class Registering
{
    /// <summary>What becomes of <paramref name="request"/>.</summary>
    /// <param name="known">The worker's row; null when the name is new.</param>
    /// <param name="hadTheName">Whether an earlier lease of this worker names the asking process although it is not the newest's.</param>
    /// <param name="request">The registration, all parts in.</param>
    public static RegisterOutcome Decide(in WorkerRow? known, bool hadTheName, in RegisterRequest request)
    {
        if (known is not { } row)
            return RegisterOutcome.Registered;

        Invariant.Holds(row.Worker == request.Worker, "registration", $"{request.Worker} was compared with the row of {row.Worker}");
        if (row.Process != request.Process)
            return hadTheName ? RegisterOutcome.Superseded : RegisterOutcome.Registered;

        return request.Attempt.CompareTo(row.Attempt) switch
        {
            0 => RegisterOutcome.AnswerAgain,
            < 0 => RegisterOutcome.Dropped,
            _ => RegisterOutcome.Registered,
        };
    }

    /// <summary>The worker's row after the outcome <see cref="RegisterOutcome.Registered"/>. A cordon outlives the process, a drain does not.</summary>
    /// <param name="known">The row before; null when the name is new.</param>
    /// <param name="request">The registration.</param>
    /// <param name="drawn">A counter value drawn in the same transaction.</param>
    public static WorkerRow Take(in WorkerRow? known, in RegisterRequest request, Epoch drawn)
    {
        var newest = Incarnation.From(drawn);
        Invariant.Holds(known is not { } row || row.Newest < newest, "S8", $"{request.Worker} would go back to incarnation {newest}");
        return new WorkerRow(request.Worker, newest, request.Process, request.Attempt) { Cordoned = known?.Cordoned ?? false };
    }

    /// <summary>The lease that belongs to a registration just taken.</summary>
    public static LeaseRow Lease(in WorkerRow taken, in RegisterRequest request, Era era) =>
        new(taken.Worker, taken.Newest, taken.Process) { Predecessor = request.Predecessor, ListedIn = era };
}
