namespace Weir.Worker.Radio.Plays;

/// <summary>What is to be written in one transaction.</summary>
/// <param name="Plays">The rows as they shall stand, oldest first; none where nothing has changed.</param>
/// <param name="GivenUp">How many plays were given up since the last page, because they could not be written for too long.</param>
internal sealed record PlayPage(IReadOnlyList<Play> Plays, int GivenUp);
