namespace Weir.Diagnostics.Api;

/// <summary>The event <c>gap</c>: what lies between the last event heard and the next one is not kept here any more. Read the lists anew.</summary>
/// <param name="Since">The id that was asked for.</param>
/// <param name="Words">Why it cannot be resumed.</param>
public sealed record EventGap(string Since, string Words);
