namespace Weir.Core.Assignments;

/// <summary>Where a stream stands, as the table has it.</summary>
public enum AssignmentState
{
    /// <summary>Nobody runs it: its last owner said so, or may no longer act.</summary>
    Unowned,

    /// <summary>Granted; its owner has not said yet that it runs.</summary>
    Starting,

    /// <summary>Its owner said that it runs.</summary>
    Owned,

    /// <summary>Its owner was told to stop and has not said yet that it did.</summary>
    Releasing,
}
