using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;

namespace Weir.Bus.Parking;

/// <summary>Why a message lies in an error queue, in one word that a person can search for; the header <see cref="Header"/> carries it.</summary>
public static class ParkReason
{
    /// <summary>The header's name. A message that the broker itself dead-lettered carries its own <c>x-first-death-reason</c> instead.</summary>
    public const string Header = "weir-reason";

    /// <summary>It has no body.</summary>
    public const string Empty = "empty";

    /// <summary>It is larger than 256 KB.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Its JSON nests deeper than 16.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>It is no JSON.</summary>
    public const string Malformed = "malformed";

    /// <summary>It is JSON, but a required field is missing or a field has the wrong type.</summary>
    public const string WrongShape = "wrong-shape";

    /// <summary>It is a message that nobody handles here.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>It was understood and its handling failed at every attempt; <c>MT-Fault-Message</c> and its siblings say how.</summary>
    public const string Failed = "failed";

    /// <summary>The reason for a message that is about to be parked: what no consumer was given could not be read, whatever the reader threw.</summary>
    internal static string Of(ExceptionReceiveContext context) =>
        Of(context.Exception) is var reason && reason == Failed && !context.IsFaulted ? WrongShape : reason;

    internal static string Of(Exception exception)
    {
        for (var fault = exception; fault is not null; fault = fault.InnerException)
        {
            switch (fault)
            {
                case MessageRefusedException refused:
                    return refused.Reason;
                case MessageNotConsumedException:
                    return UnknownType;
                case SerializationException or JsonException:
                    return WrongShape;
            }
        }

        return Failed;
    }
}
