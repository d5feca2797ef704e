namespace Weir.Bus.Tests.Bench;

internal sealed class LedgerLine
{
    public long Id { get; set; }

    public int Number { get; set; }
}
