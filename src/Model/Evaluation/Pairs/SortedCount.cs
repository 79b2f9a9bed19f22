namespace Siamese.Model.Evaluation.Pairs;

/// <summary>Counts in a sorted array by binary search.</summary>
internal static class SortedCount
{
    /// <summary>How many items are counted; those must come first.</summary>
    public static int Of<T>(T[] sorted, Func<T, bool> isCounted)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isCounted(sorted[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
