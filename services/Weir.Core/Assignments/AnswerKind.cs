namespace Weir.Core.Assignments;

/// <summary>What a worker can say about a stream. All but <see cref="Started"/> mean that no handler of the stream runs.</summary>
public enum AnswerKind
{
    /// <summary>Nothing is said.</summary>
    None,

    /// <summary>It runs at this epoch, and its claim has returned.</summary>
    Started,

    /// <summary>Nothing runs at or below this epoch, and nothing will.</summary>
    Released,

    /// <summary>It was not started at this epoch.</summary>
    Refused,

    /// <summary>Its handler ended by itself at this epoch.</summary>
    Failed,
}
