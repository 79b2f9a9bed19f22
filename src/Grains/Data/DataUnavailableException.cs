namespace Siamese.Grains.Data;

/// <summary>
/// This silo cannot get an uploaded data set: its cache has no room, or a piece is missing or broken in the store. The
/// message names the folder or the piece and says what to do. Another silo may have the data, so the trial moves there.
/// </summary>
public sealed class DataUnavailableException : Exception
{
    /// <summary>After this many silos in a row could not get the data, no other silo is tried.</summary>
    internal const int MostSilos = 3;

    public DataUnavailableException() { }

    public DataUnavailableException(string message) : base(message) { }

    public DataUnavailableException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Whether another silo is tried after this one.</summary>
    /// <param name="before">Number of silos in a row that could not get the data before this one.</param>
    internal static bool AnotherSiloIsTried(int before) => before < MostSilos;
}
