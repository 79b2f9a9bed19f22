namespace Siamese.Grains.Search.Pruning;

/// <summary>Decides which trials go on, by the validation EERs after each of their epochs. Pure.</summary>
internal interface IPruner
{
    /// <summary>The last of so many finished epochs after which it is decided who goes on; 0 where there is none yet.</summary>
    int DecidesAfter(int epochs);

    /// <summary>What a trial is judged by after an epoch; smaller is better.</summary>
    /// <param name="eers">Its EERs, at least so many.</param>
    /// <param name="epoch">One that it decides after, from 1.</param>
    double ValueOf(IReadOnlyList<double> eers, int epoch);

    /// <summary>Why a trial does not go on after an epoch, in words; null where it does. Where one does not, no worse one does.</summary>
    /// <param name="epoch">One that it decides after, from 1.</param>
    /// <param name="own">The trial's value there.</param>
    /// <param name="others">Those of the others that got as far.</param>
    /// <param name="isIdle">Whether there is nothing else to train.</param>
    string? Judge(int epoch, double own, IReadOnlyCollection<double> others, bool isIdle);
}
