using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>One orchestrator's watch over the era: begins a new one when the database is another, opens it, counts its age on its own clock.</summary>
internal sealed class EraWatch(World world, OrchestratorReplica replica)
{
    private Epoch _seen;
    private TimeSpan _since;

    internal void Start() => _seen = default;

    internal void Look(Tx tx)
    {
        if (!EraChange.IsKnown(tx.Tables.Era, tx.Identity))
        {
            world.Hit(Branch.EraBegan);
            Write(tx, EraChange.Begin(tx.Tables.Era, tx.Identity, tx.HighestDrawn, tx.Tables.Reported, world.Database.MillisecondsSince2026));
            tx.Tables.Version = tx.Tables.Version with { Era = tx.Tables.Era.Began };
            if (!Mutant.Is("counter-goes-on-after-restore"))
                tx.Tables.Counter = tx.Tables.Era.Began.Value;
        }
        if (_seen != tx.Tables.Era.Began)
        {
            _seen = tx.Tables.Era.Began;
            _since = replica.Clock;
        }
        if (tx.Tables.Era.Phase == EraPhase.Collecting)
            Open(tx);
        else if (EraChange.Raise(tx.HighestDrawn, tx.Tables.Reported) is var raised && raised > tx.HighestDrawn)
            tx.Tables.Counter = raised.Value;
        if (tx.Tables.Era.Quiet < world.Shape.Times.GrantAfter(world.Streams.LocalModeUnfenced))
            tx.Tables.Era = EraChange.Aged(tx.Tables.Era, _seen, replica.Clock - _since);
    }

    private void Open(Tx tx)
    {
        var unlisted = 0;
        foreach (var key in tx.Tables.Watched)
            if (tx.Tables.Leases[key] is { State: LeaseState.Live } lease && lease.ListedIn != tx.Tables.Era.Began)
                unlisted++;
        if (unlisted > 0 && !Mutant.Is("era-opens-unheard"))
            return;
        world.Hit(Branch.EraOpened);
        Write(tx, EraChange.Open(tx.Tables.Era, 0));
    }


    private void Write(Tx tx, in EraRow row)
    {
        world.God.OnEra(tx.Tables.Era, row);
        world.Say($"era {tx.Tables.Era.Began} -> {row.Began} {row.Phase}");
        tx.Tables.Era = row;
    }
}
