namespace Siamese.Contracts.Clusters;

/// <summary>What a silo reports of itself every few seconds.</summary>
[GenerateSerializer, Immutable, Alias("siamese.SiloNews")]
public sealed record SiloNews
{
    /// <summary>Verdicts on this silo.</summary>
    [Id(0)] public required RecentVerdicts Verdicts { get; init; }

    /// <summary>The store, as this silo finds it.</summary>
    [Id(1)] public StoreNews? Store { get; init; }

    /// <summary>Address at which users reach its web page, with a slash at its end; null if it has none, or one that nobody stated.</summary>
    [Id(2)] public string? Page { get; init; }
}

/// <summary>Verdicts in the last minute.</summary>
/// <param name="Asked">Number of pairs that silos were asked about.</param>
/// <param name="Given">Number of verdicts that they gave. Others are not ready yet, or failed, such as on images that cannot be read.</param>
[GenerateSerializer, Immutable, Alias("siamese.RecentVerdicts")]
public sealed record RecentVerdicts(int Asked, int Given)
{
    /// <summary>Seconds that they are counted for.</summary>
    public const int Seconds = 60;
}

/// <summary>A store.</summary>
/// <param name="Kind">Its kind, such as `SQLite`.</param>
/// <param name="Bytes">Its size; null if that is not known yet.</param>
/// <param name="FreeBytes">Free space on its disk; null if the silo cannot know that.</param>
/// <param name="Trouble">Why it cannot be used; null if it can.</param>
[GenerateSerializer, Immutable, Alias("siamese.StoreNews")]
public sealed record StoreNews(string Kind, long? Bytes, long? FreeBytes, StoreTrouble? Trouble);

/// <summary>Why a store cannot be used.</summary>
/// <param name="Answers">Whether it answers, and only refuses to store anything.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Reason">Why, in sentences.</param>
[GenerateSerializer, Immutable, Alias("siamese.StoreTrouble")]
public sealed record StoreTrouble(bool Answers, double Seconds, string Reason);
