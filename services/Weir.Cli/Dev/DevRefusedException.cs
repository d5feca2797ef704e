namespace Weir.Cli.Dev;

/// <summary>`weir dev` cannot go on as things are: what the matter is and what to do. Ends the program with code 1.</summary>
internal sealed class DevRefusedException(string message, Exception? inner = null) : Exception(message, inner);
