using System.Data.Common;
using Npgsql;

namespace Weir.Persistence.Resilience;

/// <summary>Which session of the server a try is using just now, so that it can be ended from outside. Thread-safe.</summary>
internal sealed class SessionHandle
{
    private int _process;
    private bool _mayCommit;

    /// <summary>The backend's process id; null when there is no session, or not on PostgreSQL.</summary>
    internal int? Process => Volatile.Read(ref _process) is var id and not 0 ? id : null;

    internal void Opened(DbConnection connection) => Volatile.Write(ref _process, connection is NpgsqlConnection open ? open.ProcessID : 0);

    /// <summary>Whether the commit was sent, or is about to be unless the token says otherwise.</summary>
    internal bool MayCommit => Volatile.Read(ref _mayCommit);

    /// <summary>To be said before the token is asked for the last time: who then finds this unsaid after a cancellation knows that nothing will be committed.</summary>
    internal void Committing() => Volatile.Write(ref _mayCommit, true);

    internal void Closing() => Volatile.Write(ref _process, 0);
}
