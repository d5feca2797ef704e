using Weir.Core.Assignments;
using Weir.Core.Leases;
using Weir.Core.Worker;
using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Checks;

/// <summary>Whether the fleet has come to rest: every stream is owned and runs where the table says, nowhere else, level, and no move is under way.</summary>
internal static class SettleCheck
{
    /// <summary>What is not at rest yet, in words; null when all is.</summary>
    internal static string? WhatIsOpen(World world)
    {
        var tables = world.Database.Tables;
        var count = new int[world.Shape.Workers];
        for (var stream = 0; stream < tables.Rows.Length; stream++)
        {
            var row = tables.Rows[stream];
            if (row.State != AssignmentState.Owned || tables.Sagas[stream] is not null)
                return $"s{stream} is {row.State} at {row.Epoch}{(tables.Sagas[stream] is null ? "" : " and moves")}, {row.Hold}";
            var runners = 0;
            foreach (var worker in world.Fleet.Workers)
            {
                var gate = worker.Handlers.Gate(stream);
                if (gate.Handler == HandlerState.None)
                    continue;
                runners++;
                if (gate.Handler != HandlerState.Running || gate.RunsAt != row.Epoch || gate.CoveredBy != row.Incarnation || !worker.Acts(stream))
                    return $"s{stream} is {gate.Handler} at {gate.RunsAt} on {worker.Name}, and {row.Epoch} of {row.Incarnation} in the table";
                count[worker.Slot.Index]++;
            }
            if (runners != 1)
                return $"s{stream} has {runners} handlers";
        }
        for (var worker = 0; worker < count.Length; worker++)
            if (tables.Newest(worker) is not { State: LeaseState.Live })
                return $"w{worker} is not Live";
        return count.Max() - count.Min() > 1 ? $"the fleet is not level: {string.Join(' ', count)}" : null;
    }
}
