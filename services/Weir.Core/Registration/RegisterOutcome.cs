namespace Weir.Core.Registration;

/// <summary>What becomes of a registration.</summary>
public enum RegisterOutcome
{
    /// <summary>A new incarnation; all earlier ones of the worker are fenced in the same transaction.</summary>
    Registered,

    /// <summary>The same process and attempt again: the same answer.</summary>
    AnswerAgain,

    /// <summary>An attempt below the latest: a late message, dropped.</summary>
    Dropped,

    /// <summary>The process lost the name to a later one: it is told and exits.</summary>
    Superseded,
}
