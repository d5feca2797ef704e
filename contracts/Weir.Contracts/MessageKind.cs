namespace Weir.Contracts;

/// <summary>What a message is to whoever handles it; it decides how the bus carries it.</summary>
public enum MessageKind
{
    /// <summary>Says what one receiver shall do. Sent to that receiver's queue, never published.</summary>
    Command,

    /// <summary>Asks one service for something; refused or done, an answer follows. Sent to that service's queue.</summary>
    Request,

    /// <summary>Answers a command or a request, or reports to the one who has to know. Sent to that one's queue.</summary>
    Answer,

    /// <summary>Tells what has happened and is committed. Published on the topic exchange <c>weir.events</c> for anyone.</summary>
    Fact,

    /// <summary>Says "look again" and carries no data. Published; losing one costs a period, nothing else.</summary>
    WakeUp,
}
