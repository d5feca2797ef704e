namespace Weir.Persistence.Schema;

/// <summary>The sentences an operator reads, one a case, each with the command.</summary>
internal static class SchemaWords
{
    internal const string Command = "weir store migrate";

    internal static SchemaVerdict Current(string database) => new(SchemaState.Current, $"{database} has the tables this program needs.");

    internal static SchemaVerdict Empty(string database) =>
        new(SchemaState.Empty, $"{database} has none of Weir's tables. Make them with '{Command}', then start again.");

    internal static SchemaVerdict Older(string database, string has, string needs) =>
        new(SchemaState.Older, $"{database} is older than this program: it is at {has}, {needs} is needed. Bring it up with '{Command}', then start again.");

    internal static SchemaVerdict Newer(string database, string unknown) =>
        new(SchemaState.Newer, $"{database} is newer than this program: it has {unknown}, which this program does not know. Start the program that ran '{Command}' last, or a later one.");

    internal static SchemaVerdict ReadOnly(string database) =>
        new(SchemaState.ReadOnly, $"{database} takes no writes: it is a standby, or set to read only. Name the primary, or let this role write, then start again.");

    internal static SchemaVerdict Unreachable(string database, string why) =>
        new(SchemaState.Unreachable, $"{database} cannot be reached: {why}. Check that it runs, its address and the role, then start again; a new database then needs '{Command}'.");
}
