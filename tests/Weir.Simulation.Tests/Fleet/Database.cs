using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>
/// The database: transactions that run at one instant between the asking and the answer. A commit may succeed and its answer be
/// lost; the whole may be restored to an older state, or a standby promoted that lacks the last commits.
/// </summary>
internal sealed class Database
{
    private const long BackupEvery = 20 * Span.Second;
    private const long MillisecondsAtStart = 3000L * 3600 * 1000;

    private readonly World _world;
    private readonly List<Tables> _backups = [];
    private Tables _standby;
    private long _clockStep;

    internal Database(World world)
    {
        _world = world;
        Identity = new DatabaseIdentity(1, 1, 1);
        var rows = Enumerable.Range(0, world.Streams.Count).Select(stream => new AssignmentRow(world.Streams.Ids[stream])
        {
            Class = world.Streams.Classes[stream],
            LocalModeFor = world.Streams.LocalModes[stream],
        });
        Tables = Tables.Empty(world.Shape.Workers, rows, EraRow.First(Identity, Era.FirstEpochAt(MillisecondsAtStart)));
        Tables.Counter = Tables.Era.Began.Value;
        Tables.Version = new PoolVersion(Tables.Era.Began, 0);
        _standby = Tables.Copy();
        if (world.Shape.Knows(Fault.DatabaseRestored) || world.Shape.Knows(Fault.DatabasePromoted))
            BackUp();
    }

    internal Tables Tables { get; private set; }

    internal DatabaseIdentity Identity { get; private set; }

    internal bool Up { get; private set; } = true;

    /// <summary>When each lease was last renewed on the database's clock: only a planted defect reads it.</summary>
    internal Dictionary<long, TimeSpan> RenewedAt { get; } = [];

    internal long SlowUntil { get; set; }

    internal TimeSpan WallClock => TimeSpan.FromTicks(_world.Now + 2 * Span.Hour + _clockStep);

    /// <summary>The wall clock of those who begin an era; the database's own may be stepped.</summary>
    internal long MillisecondsSince2026 => MillisecondsAtStart + _world.Now / Span.Ms;

    /// <summary>Runs one transaction for <paramref name="caller"/>; <paramref name="done"/> hears false when it does not know of a commit.</summary>
    internal void Execute(SimProcess caller, Service by, Action<Tx> body, Action<bool> done)
    {
        if (caller.CutDatabase || !Up)
        {
            caller.After(TimeSpan.FromMilliseconds(300), () => done(false));
            return;
        }
        var (life, there, back) = (caller.Life, Latency(), Latency());
        _world.After(there, () =>
        {
            var known = Up && !caller.CutDatabase && !Roll(_world.Shape.CommitRefusedPerMillion, Fault.CommitRefused);
            Tx? tx = null;
            if (known)
            {
                tx = new Tx(_world, this, Tables, by);
                body(tx);
                Tables.Outbox.AddRange(tx.Messages);
                known = !Roll(_world.Shape.CommitLostPerMillion, Fault.CommitAnswerLost);
            }
            _world.After(back, () =>
            {
                if (caller.Life == life)
                    caller.Receive(() => Answer(caller, known ? tx : null, done));
            });
        });
    }

    /// <summary>Sends what a service has committed and not sent: the net under the push that follows each commit.</summary>
    internal void PollOutbox(SimProcess by, Service service)
    {
        for (var i = Tables.Outbox.Count - 1; i >= 0; i--)
        {
            var row = Tables.Outbox[i];
            if (row.By == service && _world.Now - row.CommittedAt > Span.Second && Publish(by, row))
                _world.Hit(Branch.OutboxPolled);
        }
    }

    internal void Stop() => Up = false;

    internal void StartUp() => Up = true;

    internal void StepClock(long step) => _clockStep = step;

    /// <summary>Brings an older state back under a new identity, as a restore to a point in time does.</summary>
    internal void Restore()
    {
        Tables = _backups[_world.Rng.Below(_backups.Count)].Copy();
        Identity = Identity with { Timeline = Identity.Timeline + 1 };
        _world.God.OnRestore(Tables);
        _world.Say($"the database is restored to counter {Tables.Counter}");
    }

    /// <summary>Promotes the standby, which lacks the last commits.</summary>
    internal void Promote()
    {
        Tables = _standby.Copy();
        Identity = Identity with { Timeline = Identity.Timeline + 1 };
        _world.God.OnRestore(Tables);
        _world.Say($"the standby is promoted at counter {Tables.Counter}");
    }

    private void Answer(SimProcess caller, Tx? tx, Action<bool> done)
    {
        if (tx is not null)
            foreach (var message in tx.Messages)
                Publish(caller, message);
        done(tx is not null);
    }

    private bool Publish(SimProcess by, OutboxRow row)
    {
        if (!_world.Broker.ToWorker(by, row.Process, row.Deliver, row.Code))
            return false;
        Tables.Outbox.Remove(row);
        return true;
    }

    private long Latency()
    {
        if (_world.Now < SlowUntil)
            return _world.Rng.Between(200 * Span.Ms, 3 * Span.Second);
        return _world.Rng.Between(Span.Ms / 4, 2 * Span.Ms);
    }

    private bool Roll(int perMillion, Fault fault)
    {
        if (_world.Healed || !_world.Rng.Happens(perMillion))
            return false;
        _world.Count(fault);
        return true;
    }

    private void BackUp()
    {
        if (_backups.Count == 12)
            _backups.RemoveAt(_world.Rng.Below(12));
        _backups.Add(Tables.Copy());
        _world.After(BackupEvery, BackUp);
        Ship();
    }

    private void Ship()
    {
        _standby = Tables.Copy();
        for (var i = 1; i < 10; i++)
            _world.After(i * BackupEvery / 10, () => _standby = Tables.Copy());
    }
}
