namespace Weir.Persistence.Postgres;

/// <summary>How a PostgreSQL says which life it is in, in words an ordinary role may ask. Only a server that takes writes answers.</summary>
internal static class PostgresIdentity
{
    /// <summary>Three numbers: system identifier, timeline, oid of the table <c>era</c>.</summary>
    internal const string Columns =
        "(SELECT system_identifier FROM pg_control_system()), "
        + "('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint, "
        + "'era'::regclass::oid::bigint";
}
