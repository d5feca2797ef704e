using Microsoft.Extensions.Logging;

namespace Weir.Bus.Parking;

internal sealed partial class ParkLog(ILogger<ParkLog> logger)
{
    [LoggerMessage(110, LogLevel.Error, "{Queue}: a message was parked: {Reason}")]
    internal partial void Parked(string queue, string reason, Exception fault);

    [LoggerMessage(111, LogLevel.Warning, "{Queue}: a message was dropped: {Reason}")]
    internal partial void Dropped(string queue, string reason, Exception fault);
}
