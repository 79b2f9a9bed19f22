namespace Siamese.Grains.Storage;

/// <summary>Saves state so that memory never runs ahead of the store.</summary>
internal static class GrainStorageExtensions
{
    /// <summary>
    /// Writes the grain's state. If that fails, the grain is deactivated and its memory is discarded, so that a repeated call
    /// starts from the stored state and cannot report a success that was never written.
    /// </summary>
    public static Task Save<T>(this Grain grain, IPersistentState<T> state, CancellationToken cancellation) =>
        grain.Save(() => state.WriteStateAsync(cancellation));

    /// <summary>The same for a grain that stores its state itself.</summary>
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
