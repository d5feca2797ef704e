namespace Weir.Outbox.Delivery;

/// <summary>What one look at the lane found and did.</summary>
/// <param name="Read">Rows read; as many as the limit means that there are more.</param>
/// <param name="Gone">Rows that are done with: confirmed, returned, expired or set aside.</param>
/// <param name="Last">Number of the last row read; null where none was.</param>
/// <param name="IsCutShort">Rows that were read are left, because their destination failed or the time was up.</param>
internal readonly record struct Look(int Read, int Gone, long? Last, bool IsCutShort);
