using Siamese.Contracts;

namespace Siamese.Grains.Data;

/// <summary>Reads data on this silo and no other, so that the caller gets the message that says what to do.</summary>
internal static class HereOnly
{
    /// <exception cref="BadInputException">The data cannot be read, or is not available on this silo.</exception>
    public static async Task<T> Read<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (DataUnavailableException e)
        {
            // Without the inner exception: the client does not know its type, and could not deserialize it.
            throw new BadInputException(e.Message);
        }
    }
}
