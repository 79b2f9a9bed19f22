namespace Siamese.Grains.Search.Pruners;

/// <summary>Decides which trials continue, based on the validation EER after each epoch. Pure.</summary>
internal interface IPruner
{
    /// <summary>The last decision epoch among this many finished epochs; 0 if there is none yet.</summary>
    int DecidesAfter(int epochs);

    /// <summary>The value that a trial is judged by after an epoch; smaller is better.</summary>
    /// <param name="eers">Its EERs, at least up to this epoch.</param>
    /// <param name="epoch">A decision epoch, from 1.</param>
    double ValueOf(IReadOnlyList<double> eers, int epoch);

    /// <summary>Why a trial does not continue after an epoch, in words; null if it does. If a trial does not continue, no worse one does.</summary>
    /// <param name="epoch">A decision epoch, from 1.</param>
    /// <param name="own">The trial's value there.</param>
    /// <param name="others">The values of the other trials that got this far.</param>
    /// <param name="isIdle">Whether there is nothing else to train.</param>
    string? Judge(int epoch, double own, IReadOnlyCollection<double> others, bool isIdle);
}
