namespace Weir.Cli.Doctor;

/// <summary>One connection to the broker.</summary>
/// <param name="Name">What it calls itself, such as <c>registry@host1#4711</c>; empty where it does not.</param>
/// <param name="Version">Which version of Weir it says it is; null where it does not.</param>
internal sealed record Connected(string Name, string? Version);
