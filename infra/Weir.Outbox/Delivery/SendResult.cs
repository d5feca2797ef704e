namespace Weir.Outbox.Delivery;

/// <summary>How one attempt at a row ended, with the exception that ended it where there was one.</summary>
internal readonly record struct SendResult(SendOutcome Outcome, Exception? Exception = null);
