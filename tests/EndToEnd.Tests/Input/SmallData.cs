namespace Siamese.EndToEnd.Tests.Input;

/// <summary>
/// 500 training and 250 test images of digits, for sweeps that a test needs but whose results it does not look at. A
/// sweep on the default data measures 200,000 test pairs, which takes most of its processor time. Not for tests in which
/// the store goes offline as training starts: a silo logs that it starts before it reads uploaded data from the store.
/// </summary>
internal static class SmallData
{
    /// <summary>Options of `sweep` for this data with short epochs, for tests that need a finished sweep but no time to disturb it.</summary>
    public static string[] InShortEpochs => ["--data", Folder, "--steps", "4"];

    public static string Folder { get; } = Path.Combine(Built.Repository, "tests/EndToEnd.Tests/Stores/Written-by-3c5f72e/minidata");
}
