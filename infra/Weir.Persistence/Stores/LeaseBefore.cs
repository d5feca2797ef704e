using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>A lease as it is before SQLite writes it.</summary>
internal sealed record LeaseBefore(Incarnation Incarnation, WorkerId Worker, string Process, LeaseState State, TimeSpan Quiet, StoredWorker? Newest);
