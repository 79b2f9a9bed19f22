namespace Siamese.Grains.Search.Pruning;

/// <summary>Decides which trials go on, by the validation EERs after each of their epochs. Pure.</summary>
internal interface IPruner
{
    /// <summary>The last of so many finished epochs after which it is decided who goes on; 0 where there is none yet.</summary>
    int DecidesAfter(int epochs);

    /// <summary>Why a trial does not go on after an epoch, in words; null where it does.</summary>
    /// <param name="epoch">One that it decides after, from 1.</param>
    /// <param name="own">The trial's EERs, at least so many.</param>
    /// <param name="others">Those of the others that got as far, at least so many of each.</param>
    /// <param name="isIdle">Whether there is nothing else to train.</param>
    string? Judge(int epoch, IReadOnlyList<double> own, IReadOnlyCollection<IReadOnlyList<double>> others, bool isIdle);
}
