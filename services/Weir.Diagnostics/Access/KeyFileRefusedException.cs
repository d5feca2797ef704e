namespace Weir.Diagnostics.Access;

/// <summary>The operator's key file is not as it must be; the message says what to do and holds nothing of it.</summary>
public sealed class KeyFileRefusedException : InvalidOperationException
{
    internal KeyFileRefusedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
