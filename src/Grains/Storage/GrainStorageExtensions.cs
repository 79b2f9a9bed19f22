namespace Siamese.Grains.Storage;

/// <summary>Saving state so that memory never runs ahead of the store.</summary>
internal static class GrainStorageExtensions
{
    /// <summary>
    /// Writes the grain's state. Where that fails, the activation and what it holds in memory are given up, so that a
    /// repeated call starts from what is stored and cannot report a success that was never written.
    /// </summary>
    public static Task Save<T>(this Grain grain, IPersistentState<T> state, CancellationToken cancellation) =>
        grain.Save(() => state.WriteStateAsync(cancellation));

    /// <summary>The same for what a grain stores by itself.</summary>
    public static async Task Save(this Grain grain, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            grain.GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, "State could not be written."), CancellationToken.None);
            throw;
        }
    }
}
