namespace Weir.Bus.Sending;

/// <summary>Put on a send by whoever wants to know whether the command came back.</summary>
internal sealed class ReturnNotice
{
    internal bool IsReturned { get; set; }
}
