using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Registration;
using Weir.Core.Sagas;
using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>One transaction: it runs at one instant, its writes are checked as they are made, its messages go out after it.</summary>
internal sealed class Tx(World world, Database database, Tables tables, Service by)
{
    private readonly List<OutboxRow> _messages = [];

    internal Tables Tables { get; } = tables;

    internal IReadOnlyList<OutboxRow> Messages => _messages;

    /// <summary>The database's clock: it may be stepped, and decides nothing but when to ask again.</summary>
    internal TimeSpan Now => database.WallClock;

    internal DatabaseIdentity Identity => database.Identity;

    internal bool MayDraw => EraChange.MayDraw(Tables.Era, Identity);

    internal Epoch HighestDrawn => new(Tables.Counter);

    internal Epoch Draw()
    {
        Tables.Counter++;
        return HighestDrawn;
    }

    internal GrantContext Context() => new(Tables.Era, world.Shape.Times, Draw(), Now);

    internal void Write(in LeaseRow row)
    {
        var before = Tables.Lease(row.Incarnation);
        Tables.Leases[row.Incarnation.Value] = row;
        if (before?.Sequence != row.Sequence)
            database.RenewedAt[row.Incarnation.Value] = Now;
        world.God.OnLease(before, row);
        if (before is null)
            Tables.Watched.Add(row.Incarnation.Value);
    }

    internal void Write(int worker, in WorkerRow row)
    {
        world.God.OnWorker(Tables.Workers[worker], row);
        Tables.Workers[worker] = row;
        Tables.Names.Add((worker, row.Process));
    }

    internal void Write(int stream, in AssignmentRow row)
    {
        var before = Tables.Rows[stream];
        if (before == row)
            return;
        Tables.Rows[stream] = row;
        world.God.OnAssignment(stream, before, row, Tables);
    }

    internal void Write(int stream, in MigrationRow saga)
    {
        world.God.OnMigration(stream, Tables.Sagas[stream], saga);
        Tables.Sagas[stream] = saga.IsOver ? null : saga;
    }

    internal void Send(string process, Action<WorkerProcess> deliver, int code) => _messages.Add(new OutboxRow(by, process, deliver, code, world.Now));

    internal void Send(in StreamCommand command)
    {
        if (command.Kind == CommandKind.None || Tables.Lease(command.Incarnation) is not { } lease)
            return;
        var sent = command;
        world.God.OnCommand(sent);
        Send(lease.Process, worker => worker.OnCommand(sent), 100 + (int)command.Kind);
    }
}
