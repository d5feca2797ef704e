namespace Weir.Worker.Radio.Tuning;

/// <summary>A station cannot be listened to just now. Another try may go better.</summary>
internal sealed class TuningException(TuningFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    internal TuningFault Fault => fault;
}
