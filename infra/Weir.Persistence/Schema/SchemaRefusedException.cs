namespace Weir.Persistence.Schema;

/// <summary>The program does not work on this database as it is. Its message says which, why, and what to do.</summary>
public sealed class SchemaRefusedException(SchemaVerdict verdict, Exception? inner = null) : Exception(verdict?.Message, inner)
{
    /// <summary>What was found.</summary>
    public SchemaVerdict Verdict { get; } = verdict!;
}
