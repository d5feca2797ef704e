namespace Weir.Persistence.Schema;

/// <summary>What a look at the database found.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Message">One sentence for whoever runs the program: which database, what is the matter, and the command that helps.</param>
public sealed record SchemaVerdict(SchemaState State, string Message);
