namespace Weir.Persistence.Settings;

/// <summary>A pool's figures are unreadable or contradict each other. The message names the figure and what would be right.</summary>
public sealed class PoolSettingsRefusedException : Exception
{
    /// <summary>For a cause that needs no other.</summary>
    public PoolSettingsRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>With what was found underneath.</summary>
    public PoolSettingsRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
