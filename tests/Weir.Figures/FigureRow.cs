namespace Weir.Figures;

/// <summary>One row of the table: a fleet, what is done to it, and what is measured.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="What">For a person, one line.</param>
/// <param name="MeasureAsync">Measures it.</param>
internal sealed record FigureRow(string Name, string What, Func<Stage, CancellationToken, Task<IReadOnlyList<Figure>>> MeasureAsync);
