using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>One worker of the input, and where it stands there.</summary>
internal sealed record GivenWorker(string Path, WorkerId Id, double Capacity, WorkerState State = WorkerState.Active, double Performance = 1);
